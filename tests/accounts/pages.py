"""Every page of accounts that is looked at in a real browser; words in braces stand for rows."""

#: a visitor who is not signed in
BEFORE_SIGN_IN = (
    *("account/sign-in/", "account/sign-in/password/", "account/recover/"),
    *("account/accept/nothing/", "account/accept/{invitation}/", "account/accept/{invitation}/password/"),
)
#: an account with a passkey
OF_ONESELF = (
    *("account/", "account/passkeys/add/", "account/passkeys/{passkey}/remove/", "account/codes/new/"),
    *(
        "account/authenticator/password/",
        "account/authenticator/remove/",
        "account/confirm/",
    ),
    *("account/people/invite/", "account/people/{kit}/reset/", "account/people/{kit}/link/"),
)
#: an administrator, at a site where a name is enough
OF_AN_ADMINISTRATOR = (
    *("account/", "account/role/", "account/people/", "account/people/{kit}/", "account/people/{ada}/"),
    *("account/people/{kit}/give-role/", "account/people/{kit}/leave/", "account/lock/", "account/sign-in/"),
    *("account/sign-out/", "account/people/{kit}/apart/{twin}/"),
    *("account/areas/", "account/areas/add/", "account/areas/{area}/rename/"),
)
