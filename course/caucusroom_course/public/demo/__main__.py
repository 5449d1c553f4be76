"""Stands in for the command: `python -m caucusroom_course.public.demo --port 8866 --no-browser`."""

import argparse

from . import serve

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8866)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--base-path", default="/")
    parser.add_argument("--kernels", type=int, default=100)
    serve(**vars(parser.parse_args()))
