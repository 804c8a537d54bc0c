"""No network in any Python that starts with this folder on its PYTHONPATH; loopback works.

An audit hook sees every connection and every look-up, whichever module makes it, cannot be
removed, and is inherited (through PYTHONPATH) by kernels and by their worker processes. Where
OFFLINE_LOG names a file, what was refused is written there, too: some programs would not tell.
"""

import ipaddress
import os
import sys

REACHING_OUT = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
LOCAL_NAMES = {None, "", "localhost", "localhost.localdomain", "ip6-localhost"}


def is_local(host):
    if isinstance(host, bytes):
        host = host.decode()
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_the_network(event, args):
    if event in REACHING_OUT and isinstance(args[1], tuple):  # a Unix socket's address is no tuple
        host = args[1][0]
    elif event in LOOKING_UP:
        host = args[0]
    else:
        return
    if not is_local(host):
        if log := os.environ.get("OFFLINE_LOG"):
            with open(log, "a", encoding="utf-8") as file:
                print(event, host, file=file)
        raise OSError(f"The network is blocked while notebooks run: {event} to {host!r}")


sys.addaudithook(refuse_the_network)
