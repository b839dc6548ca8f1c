# What every page says.
nav-label = Rubriques
nav-cases = Mes dossiers
nav-find = Trouver ou créer
nav-rights = Droits
nav-team = Équipe
nav-account = Mon compte
nav-sign-out = Se déconnecter
demonstration = Démonstration : toutes les personnes sont inventées.
