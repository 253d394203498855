"""The duty desk's places in the menu of a zone."""

from desist.desk.alerts import queries as alerts
from desist.wall.places import Place

ALERTS = Place(
    "Alerts",
    "alerts:alerts",
    "“Contact us now” from another service, and who acknowledged it",
    alerts.WAITING,
)
DUTY = Place("Duty numbers", "duty:numbers", "Telephone numbers that always reach someone")
