"""Domains at which anybody has a mail address."""

_LISTED = """
gmail.com googlemail.com hotmail.com hotmail.fr hotmail.co.uk hotmail.de hotmail.es hotmail.it hotmail.be hotmail.nl
outlook.com outlook.fr outlook.de outlook.es outlook.be live.com live.fr live.co.uk live.nl live.be live.de msn.com
yahoo.com yahoo.fr yahoo.co.uk yahoo.de yahoo.es yahoo.it yahoo.ca yahoo.co.in yahoo.com.br ymail.com rocketmail.com
icloud.com me.com mac.com aol.com aol.fr gmx.de gmx.net gmx.com gmx.at gmx.ch gmx.fr web.de t-online.de freenet.de
posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr proton.me pm.me
protonmail.com protonmail.ch tutanota.com tuta.com zoho.com yandex.com yandex.ru mail.com mail.ru email.com
bluewin.ch skynet.be telenet.be proximus.be ziggo.nl kpnmail.nl hetnet.nl xs4all.nl planet.nl home.nl btinternet.com
virginmedia.com ntlworld.com sky.com talktalk.net terra.es telefonica.net libero.it virgilio.it tiscali.it hey.com
fastmail.com duck.com qq.com 163.com uol.com.br
"""
FREE = frozenset(_LISTED.split())
# Those that are mistyped often, and long enough for a slip to be told from another domain.
MISTYPED = (
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.fr",
    "yahoo.com",
    "yahoo.fr",
    "yahoo.co.uk",
    "icloud.com",
    "orange.fr",
    "wanadoo.fr",
    "laposte.net",
    "protonmail.com",
    "t-online.de",
)
