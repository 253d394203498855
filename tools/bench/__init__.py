"""Measurements beside peers: each subject is a module that `./desist bench` imports only when it is called."""
