"""How the store came to be, one step after the other; `upgrade` brings any of them to the newest."""
