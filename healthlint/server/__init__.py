"""The language server: what editors are told of an article while it is written, by the same `lint` as the command's.

- `texts`: the text of an open article, and places in it in the editor's units
- `articles`: what is open, and as what it is read
- `linting`: an open article -> what is found in it, by the configuration nearest to it
- `newest`: runs that, away from the loop that talks to the editor, in the newest version of each article only
- `complaints`: what cannot be used, said once and shown in the file that has to be mended
- `diagnostics`, `hovers`, `actions`: what is found -> what the protocol has for it
- `protocol`: pygls, where it is told more than it knows
- `features`: the server, put together
"""
