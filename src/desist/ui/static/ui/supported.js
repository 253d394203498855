// The first thing in the body: tells the styles that scripts run, before anything is drawn.
document.body.classList.add('js-enabled', 'govuk-frontend-supported');
