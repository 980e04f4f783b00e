"""Mail: letters are posted inside an act's transaction, and composed and sent by the worker.

`letters/<feature>.py` holds the feature's `GATHERERS`, by name of letter; `registry` collects them and `sending` uses
them. Gatherers read through queries and may write; services post. So that neither has to wait for the other to be
imported, nothing here imports a gatherer, and a service some gatherer needs imports `services.posting` instead of this.
"""

from consult.services.letters.recipients import Gatherer, Recipient
from consult.services.posting import post

__all__ = ["Gatherer", "Recipient", "post"]
