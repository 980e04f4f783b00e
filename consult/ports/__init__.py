"""Sockets for outside things: the shapes the services need, without the libraries."""
