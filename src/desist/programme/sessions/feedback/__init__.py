"""What people say of their sessions, session by session: four questions in our own words."""
