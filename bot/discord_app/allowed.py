"""Who may do what: asked on every command, choice and click. A role can be lost between two."""

from bot.discord_app.host import Interaction
from bot.replies.settings import NOT_ALLOWED as NOT_A_MANAGER
from bot.replies.statistics import NOT_ALLOWED as NOT_A_MODERATOR


async def may_manage(interaction: Interaction) -> bool:
    """Whether the member manages the server, now; if not, they are told."""
    if interaction.guild_id is not None and interaction.permissions.manage_guild:
        return True
    await interaction.response.send_message(NOT_A_MANAGER, ephemeral=True)
    return False


async def may_moderate(interaction: Interaction) -> bool:
    """Whether the member moderates the server, now; if not, they are told."""
    if interaction.guild_id is not None and interaction.permissions.manage_messages:
        return True
    await interaction.response.send_message(NOT_A_MODERATOR, ephemeral=True)
    return False
