"""HTTP of shops, people, teams, invitations, tokens, settings and the audit log."""

from sonnim.accounts.api import agents, audit, invitations, me, roles, settings, shops, teams, tokens

routers = [
    me.router,
    invitations.open_router,
    invitations.router,
    agents.router,
    teams.router,
    tokens.router,
    roles.router,
    settings.router,
    audit.router,
    shops.router,
    shops.welcome_router,
]
