"""Desk: what do member States report, and what is published of it?"""

from neaspec.web.desk.page import show_desk

show_desk()
