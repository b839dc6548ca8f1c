#!/usr/bin/env python3
"""Keeps of the witness's cases only what the comparison reads: `trim.py [COUNT] < all.jsonl > MONTH.jsonl`.

The cases come from `draw.py` (see README.md here). Numbers are copied as they are written.
"""
import json
import sys

PERSON = """role date_naissance activite profil handicap taux_incapacite inapte_travail garde_alternee enceinte
nationalite duree_possession_titre_sejour livret_a epargne_revenus_non_imposables date_debut_chomage
date_arret_de_travail""".split()
INCOMES = """salaire_net salaire_imposable chomage_net chomage_imposable retraite_nette retraite_imposable
pensions_invalidite pensions_alimentaires_percues indemnites_journalieres_maladie
rpns_auto_entrepreneur_CA_bnc""".split()
DWELLING = """depcom statut_occupation_logement loyer coloc logement_chambre participation_frais""".split()
OUT = """rsa ppa aide_logement af cf asf paje_base aspa aeeh aah caah asi ass bourse_criteres_sociaux""".split()


def only(names, fields):
    return {name: fields[name] for name in names if name in fields}


def trimmed(case):
    persons = [
        only(PERSON, it) | {"incomes": only(INCOMES, it["incomes"])} for it in case["persons"]
    ]
    return {
        "id": case["id"],
        "month": case["month"],
        "persons": persons,
        "famille": case["famille"],
        "menage": only(DWELLING, case["menage"]),
        "out": only(OUT, case["out"]),
        "out_m2_m4": only(["rsa", "ppa"], case["out_m2_m4"]),
        "mid": only(["zone_apl"], case["mid"]),
    }


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else None
    for idx, line in enumerate(sys.stdin):
        if idx == count:
            break
        print(json.dumps(trimmed(json.loads(line)), ensure_ascii=False, separators=(",", ":")))


main()
