"""The network, asked politely and with care: every request of the program goes through here."""

from digest.web.client import Answer, Client, Limits
from digest.web.pace import Pace
from digest.web.robots import Robots

__all__ = ["Answer", "Client", "Limits", "Pace", "Robots"]
