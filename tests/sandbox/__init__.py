"""Private mail servers for the demo and the tests: a Dovecot and a Postfix below one folder.

Everything they write lies in that folder, they listen on 127.0.0.1 alone, and stop() leaves
no process behind.  See servers.py for what they offer."""
