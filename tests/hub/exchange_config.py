"""A JupyterHub for the tests that starts no server: it only says whose a token is, which the exchange asks it."""

import json
import os
from pathlib import Path

folder = Path(os.environ["HUB_FOLDER"])
tokens = json.loads(os.environ["HUB_TOKENS"])

c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.JupyterHub.bind_url = os.environ["HUB_ADDRESS"]
c.JupyterHub.hub_port = int(os.environ["HUB_PORT"])
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = set(tokens)
c.JupyterHub.api_tokens = {token: name for name, token in tokens.items()}
c.JupyterHub.db_url = f"sqlite:///{folder / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(folder / "cookie-secret")
c.ConfigurableHTTPProxy.command = [os.environ["HUB_PROXY"]]
c.ConfigurableHTTPProxy.api_url = os.environ["HUB_PROXY_API"]
c.ConfigurableHTTPProxy.pid_file = str(folder / "proxy.pid")
