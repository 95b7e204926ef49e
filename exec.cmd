@rem `exec` of the npm scripts, which Windows lacks: there is no shell to replace there.
@%*
