"""Say in a sentence that the port is taken, before anything is started.

Usage: HOST=… PORT=… python3 bin/port.py
"""

import errno
import os
import socket
import sys

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")


def main():
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        sys.exit("PORT=%s 不是端口号。 / PORT=%s is not a port number." % (PORT, PORT))
    try:
        try_port(int(PORT))
    except PermissionError:
        sys.exit(
            "没有权限使用端口 %s，请换一个大于 1023 的：make run PORT=8080"
            " / Port %s needs more rights; choose one above 1023: make run PORT=8080" % (PORT, PORT)
        )
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            sys.exit("HOST=%s 不是本机地址。 / HOST=%s is not an address here." % (HOST, HOST))
        other = int(PORT) + 1
        sys.exit(
            "%s 的端口 %s 已被占用，请换一个：make run PORT=%d"
            " / Port %s on %s is in use; choose another: make run PORT=%d"
            % (HOST, PORT, other, PORT, HOST, other)
        )


def try_port(port):
    family, kind, proto, _, address = socket.getaddrinfo(HOST, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)


if __name__ == "__main__":
    main()
