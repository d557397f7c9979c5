"""How the portal is set up, run and tested on a developer's machine; started by dev.py.

Only python3's standard library may be imported here, except in inside.py, which runs in the
portal's own environment. Nothing of the portal imports from this package.
"""
