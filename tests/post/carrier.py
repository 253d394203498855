"""The courier itself between two schemas of one database, until nothing waits: the addresses stand in the environment."""

import json
import os

from desist.post.courier import Courier
from desist.post.routes import Route


def main() -> None:
    addresses = {name: lambda url=url: url for name, url in json.loads(os.environ["TESTS_CARRIER"]).items()}
    one, another = addresses
    carrier = Courier(routes=[Route(one, another), Route(another, one)], addresses=addresses)
    while carrier.round(now=0):
        pass
    carrier.close()


if __name__ == "__main__":
    main()
