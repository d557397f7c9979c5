"""One browser's worth of HTTP: a connection that is kept, cookies, the form token, and a clock."""

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    body: str
    location: str
    took: float


@dataclass
class Client:
    """Asks to keep its connection; a server that closes it is called again, as a browser does."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, data: dict[str, str], **headers: str) -> Answer:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Origin": f"http://{self.host}:{self.port}"}
        return self._ask("POST", path, urlencode(data), headers)

    def token(self, path: str) -> str:
        """The form token of a page."""
        found = TOKEN.search(self.get(path).body)
        if not found:
            raise RuntimeError(f"no form on {path}")
        return found[1]

    def close(self) -> None:
        self.connection.close()

    def _ask(self, method: str, path: str, data: str | None, headers: dict[str, str]) -> Answer:
        headers = {"Connection": "keep-alive", **headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        start = time.perf_counter()
        self.connection.request(method, path, data, headers)
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - start) * 1000
        for header in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        location = response.headers.get("Location", "")
        return Answer(response.status, body.decode(errors="replace"), location, took)
