"""Every option of an installation, read once from the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """Options by environment variable; each says what it means and what holds when it is unset."""

    model_config = SettingsConfigDict(env_prefix="", extra="ignore", frozen=True)

    consult_data: Path = Field(
        default=ROOT / "var", description="Folder of the store: database, index, job queue, secrets."
    )
    database_url: str = Field(
        default="", description="SQLAlchemy address of the database; empty means SQLite in the store."
    )
    search_url: str = Field(
        default="",
        description="Where search lives: empty means a Whoosh index in the store, memory:// keeps it in the process.",
    )
    jobs_url: str = Field(
        default="",
        description="Where jobs queue: empty means SQLite in the store, immediate:// runs them at once in the caller.",
    )
    secret_key: str = Field(
        default="",
        description="Key that signs sessions and forms; empty means one made once and kept in the store.",
    )
    public_address: str = Field(
        default="http://127.0.0.1:8000",
        description="The address people use, for links in exports and mail, without a closing slash.",
    )
    secure_cookies: bool = Field(
        default=False, description="Send cookies over HTTPS only; turn on behind HTTPS."
    )
    proxy_hops: int = Field(
        default=0, ge=0, le=5, description="How many trusted proxies stand in front and set X-Forwarded-For."
    )
    upload_limit_bytes: int = Field(
        default=20_000_000, ge=1_000, description="Largest request body taken, in bytes."
    )
    mail_url: str = Field(
        default="console://",
        description="Where mail leaves: console:// writes it to the log of the worker, smtp://user:password@host:port "
        "or smtps://… sends it; smtp:// uses STARTTLS where the server offers it.",
    )
    mail_from: str = Field(
        default="Consult <consult@localhost>",
        description="The sender of every mail, as a name with an address.",
    )
    registration: bool = Field(default=True, description="Whether people may make themselves an account.")
    staff_second_factor: bool = Field(
        default=False,
        description="Whether officials, editors and administrators must sign in with a second factor.",
    )
    oidc_issuer: str = Field(
        default="",
        description="Address of an OpenID Connect issuer people may sign in with; empty means none.",
    )
    oidc_client_id: str = Field(default="", description="The name this installation has at the issuer.")
    oidc_client_secret: str = Field(default="", description="The secret it shares with the issuer.")
    oidc_label: str = Field(
        default="", description="What the issuer is called on the sign-in page; empty means its host name."
    )
    metrics_token: str = Field(
        default="",
        description="Bearer token that reads GET /metrics; empty means loopback only.",
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @property
    def resolved_database_url(self) -> str:
        return self.database_url or f"sqlite:///{self.consult_data.resolve() / 'consult.sqlite3'}"
