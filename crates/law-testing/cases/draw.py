#!/usr/bin/env python3
"""Random households -> OpenFisca-France answers, as JSON lines (differential-test oracle).

Needs: pip install openfisca-france (written against 176.1.8 / core 44.7.1).
Usage: draw.py --n 2000 --seed 1 --out cases-2026-05.jsonl [--check 40] [--start 0]

One vectorised simulation answers all households at once; `--check K` recomputes K households
one at a time through build_from_entities and fails on any difference (> 0.02 euro).

Conventions are written down in README.md; the short version:
  * calculation month M (default 2026-05); monthly history from Jan of N-2 to M;
  * monthly series are stored as [[first_month, value], ...] steps;
  * past benefits are injected as 0 for M-12..M-4 (and rsa also for M-3..M-1): a household that
    claims for the first time. Without that OpenFisca recurses for years and cuts "spirals".
"""
import argparse, datetime as dt, json, random, sys
import numpy as np

MONTH = "2026-05"
COMMUNES = [  # (depcom, weight) - zone_apl is returned by OpenFisca in the output
    ("75113", 8), ("93066", 5), ("94028", 3), ("92050", 2), ("78646", 1), ("77288", 1), ("69123", 6), ("69029", 2),
    ("13055", 6), ("31555", 4), ("44109", 4), ("59350", 5), ("59512", 2), ("67482", 3), ("33063", 4), ("35238", 3),
    ("76540", 2), ("62498", 3), ("08105", 2), ("23096", 2), ("48095", 1), ("15014", 1), ("53130", 1), ("2A004", 1),
    ("97411", 2), ("97105", 1), ("97209", 1), ("97302", 1)]
IDF1 = ("75", "92", "93", "94", "78", "77")

# benefits that OpenFisca would otherwise recompute over the past (all monthly)
PAST_FAMILLE = ["rsa", "ppa", "aide_logement", "apl", "als", "alf", "af", "cf", "asf", "paje_base", "aspa", "aeeh",
                "css_participation_forfaitaire", "bourse_college", "bourse_lycee"]
PAST_INDIVIDU = ["aah", "caah", "asi", "ass"]

OUT_FAMILLE = ["rsa", "ppa", "aide_logement", "apl", "als", "alf", "af", "af_base", "af_majoration",
               "af_allocation_forfaitaire", "af_complement_degressif", "cf", "asf", "paje_base", "paje_naissance",
               "aspa", "aeeh", "cmu_c", "css_participation_forfaitaire", "css_cmu_acs_eligibilite", "bourse_college",
               "bourse_lycee", "reduction_loyer_solidarite"]
MID_FAMILLE = ["rsa_nb_enfants", "rsa_eligibilite", "rsa_majore_eligibilite", "rsa_socle", "rsa_socle_majore",
               "rsa_base_ressources", "rsa_base_ressources_minima_sociaux", "rsa_base_ressources_prestations_familiales",
               "rsa_forfait_logement", "ppa_forfait_logement", "ppa_eligibilite", "ppa_eligibilite_apprenants",
               "af_nbenf", "prestations_familiales_base_ressources", "biactivite", "al_nb_personnes_a_charge",
               "aide_logement_base_ressources", "aide_logement_loyer_retenu", "aide_logement_charges", "aide_logement_R0",
               "aide_logement_taux_famille", "aide_logement_taux_loyer", "aide_logement_participation_personnelle",
               "aide_logement_montant_brut_avant_degressivite", "css_cmu_base_ressources", "cmu_c_plafond", "acs_plafond",
               "asi_aspa_base_ressources", "ass_base_ressources"]
OUT_INDIVIDU = ["aah", "caah", "asi", "ass", "bourse_criteres_sociaux"]
MID_INDIVIDU = ["age", "rsa_enfant_a_charge", "autonomie_financiere", "rsa_base_ressources_individu",
                "rsa_revenu_activite_individu", "ppa_revenu_activite_individu", "aah_base_ressources_deconjugalisee"]


def months(a, b):
    y, m = map(int, a.split("-"))
    out = []
    while (s := f"{y:04d}-{m:02d}") <= b:
        out.append(s)
        y, m = (y + 1, 1) if m == 12 else (y, m + 1)
    return out


def shift(month, k):
    y, m = map(int, month.split("-"))
    i = y * 12 + m - 1 + k
    return f"{i // 12:04d}-{i % 12 + 1:02d}"


def steps(series, ms):
    """Dense list -> [[month, value], ...] change points."""
    out = []
    for m, v in zip(ms, series):
        if not out or out[-1][1] != v:
            out.append([m, v])
    return [] if len(out) == 1 and out[0][1] in (0, 0.0) else out


def dense(st, ms):
    out, i, cur = [], 0, 0.0
    for m in ms:
        while i < len(st) and st[i][0] <= m:
            cur = st[i][1]
            i += 1
        out.append(cur)
    return out


# ----------------------------------------------------------------------------------------- households
def r2(x):
    return round(x + 1e-9, 2)


def derive(p):
    """The three coherent views of each income (same ratios as the aides-jeunes front end)."""
    i = p["incomes"]

    def scale(src, dst, f):
        if i.get(src):
            i[dst] = [[m, r2(v * f)] for m, v in i[src]]
    scale("salaire_net", "salaire_imposable", 1 + 0.029 * 0.9825 / 0.78)
    scale("salaire_net", "salaire_de_base", 1 / 0.78)
    scale("chomage_net", "chomage_imposable", 1.0 / (1 - 0.028 * 0.9825))
    scale("chomage_net", "chomage_brut", 1 / (1 - ((0.062 + 0.005) * 0.9825 + 0.028)))
    scale("retraite_net", "retraite_imposable", 1.0)
    if "retraite_net" in i:
        i["retraite_nette"] = i.pop("retraite_net")
        i["retraite_imposable"] = [[m, r2(v * 1.024 / 0.926 * 0.926)] for m, v in i["retraite_nette"]]
        i["retraite_brute"] = [[m, r2(v / 0.926)] for m, v in i["retraite_nette"]]


def adult(rng, ms, age_lo=18, age_hi=90, force=None):
    now = MONTH
    age = min(age_hi, max(age_lo, int(rng.gauss(41, 16)))) if rng.random() < .75 else rng.randint(age_lo, age_hi)
    y = int(now[:4]) - age - (1 if rng.random() < .5 else 0)
    p = {"role": "adulte", "date_naissance": f"{y:04d}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", "incomes": {},
         "activite": []}
    real_age = int(now[:4]) - y
    wage = r2(max(80, rng.lognormvariate(7.15, .55)))
    n, k = len(ms), rng.randint(1, 16)
    ev = ms[max(0, n - k)]
    if real_age >= 64:
        prof = rng.choices(["retraite", "retraite_basse", "inactif", "salarie", "aah"], [55, 25, 8, 8, 4])[0]
    elif real_age < 26:
        prof = rng.choices(["etudiant", "salarie", "salarie_debut", "chomage", "inactif", "micro", "etudiant_job", "aah"],
                           [25, 28, 10, 8, 17, 3, 7, 2])[0]
    else:
        prof = rng.choices(["salarie", "salarie_debut", "chomage", "chomage_fin", "ass", "inactif", "micro", "invalide",
                            "aah", "aah_travail", "ij", "temps_partiel"], [30, 7, 10, 5, 5, 14, 5, 4, 6, 3, 3, 8])[0]
    prof = force or prof
    p["profil"] = prof
    inc, first = p["incomes"], ms[0]

    def ser(name, before, after=None, at=None):
        inc[name] = [[first, r2(before)]] if after is None else [[first, r2(before)], [at, r2(after)]]
        if inc[name][0][1] == 0:
            inc[name] = inc[name][1:]
    act = "inactif"
    if prof == "salarie":
        ser("salaire_net", wage); act = "actif"
    elif prof == "temps_partiel":
        ser("salaire_net", min(wage, 1100) * rng.uniform(.3, 1)); act = "actif"
    elif prof == "salarie_debut":
        ser("salaire_net", 0, wage, ev); p["activite"] = [[first, "chomeur"], [ev, "actif"]]
    elif prof in ("chomage", "chomage_fin", "ass"):
        ser("salaire_net", wage, 0, ev)
        p["activite"] = [[first, "actif"], [ev, "chomeur"]]
        p["date_debut_chomage"] = ev + "-01"
        if prof == "chomage":
            ser("chomage_net", 0, max(500, wage * .72), ev)
        elif k > 6:
            end = ms[n - rng.randint(1, 5)]
            inc["chomage_net"] = [[ev, r2(wage * .72)], [end, 0.0]]
        if prof == "ass":
            p["ass_precondition_remplie"] = True
    elif prof.startswith("retraite"):
        ser("retraite_net", rng.uniform(150, 950) if prof == "retraite_basse" else rng.lognormvariate(7.1, .45)); act = "retraite"
    elif prof.startswith("etudiant"):
        act = "etudiant"
        p["scolarite"] = "enseignement_superieur"
        p["statuts_etablissement_scolaire"] = rng.choice(["public", "public", "prive_sous_contrat"])
        p["annee_etude"] = rng.choice(["licence_1", "licence_2", "licence_3", "master_1", "bts_1"])
        p["bourse_criteres_sociaux_base_ressources_parentale"] = float(rng.randrange(0, 60000, 500))
        if prof == "etudiant_job":
            ser("salaire_net", rng.uniform(150, 900))
    elif prof == "micro":
        ser("rpns_auto_entrepreneur_CA_bnc", rng.uniform(100, 2500)); act = "actif"
    elif prof == "invalide":
        ser("pensions_invalidite", rng.uniform(300, 1100)); p["taux_incapacite"] = rng.choice([0.0, .6, .8])
        p["handicap"] = True
    elif prof.startswith("aah"):
        p["handicap"] = True
        p["taux_incapacite"] = rng.choice([.5, .6, .7, .8, .9])
        p["aah_restriction_substantielle_durable_acces_emploi"] = rng.random() < .8
        if prof == "aah_travail":
            ser("salaire_net", rng.uniform(100, 1300)); act = "actif"
    elif prof == "ij":
        ser("salaire_net", wage, 0, ev); ser("indemnites_journalieres_maladie", 0, wage * .55, ev); act = "actif"
        p["date_arret_de_travail"] = ev + "-01"
    if not p["activite"]:
        p["activite"] = [[first, act]]
    if rng.random() < .07:
        p["nationalite"] = "DZ"; p["duree_possession_titre_sejour"] = float(rng.choice([0, 1, 3, 4, 5, 6, 9, 10, 15]))
    elif rng.random() < .03:
        p["nationalite"] = "PT"; p["duree_possession_titre_sejour"] = float(rng.choice([0, 1, 5]))
    if rng.random() < .15:
        p["livret_a"] = float(rng.randrange(0, 22950, 50))
    if rng.random() < .04:
        p["epargne_revenus_non_imposables"] = float(rng.randrange(0, 40000, 100))
    derive(p)
    return p


def child(rng, ms, lone):
    age_m = rng.randint(0, 12 * 21) if rng.random() < .85 else rng.randint(0, 35)
    y, m = map(int, shift(MONTH, -age_m).split("-"))
    p = {"role": "enfant", "date_naissance": f"{y:04d}-{m:02d}-{rng.randint(1, 28):02d}", "incomes": {},
         "profil": "enfant"}
    a = age_m // 12
    p["scolarite"] = ("inconnue" if a < 3 else "maternelle" if a < 6 else "primaire" if a < 11 else "college" if a < 15
                      else "lycee" if a < 18 else rng.choice(["enseignement_superieur", "inconnue"]))
    p["activite"] = [[ms[0], "etudiant" if a >= 16 and p["scolarite"] != "inconnue" else "inactif"]]
    if a >= 16 and rng.random() < .2:
        p["incomes"]["salaire_net"] = [[ms[0], r2(rng.uniform(100, 1500))]]
        p["activite"] = [[ms[0], "actif"]]; p["scolarite"] = "inconnue"
    if rng.random() < .04:
        p["handicap"] = True; p["taux_incapacite"] = rng.choice([.5, .8]); p["aeeh_niveau_handicap"] = rng.randint(0, 6)
    if lone and rng.random() < .10:
        p["garde_alternee"] = True
    derive(p)
    return p


def household(idx, seed):
    rng = random.Random(f"{seed}/{idx}")
    ms = months(f"{int(MONTH[:4]) - 2}-01", MONTH)
    couple = rng.random() < .42
    a = adult(rng, ms)
    age = int(MONTH[:4]) - int(a["date_naissance"][:4])
    persons, status = [a], "seul"
    if couple:
        status = rng.choices(["marie", "pacse", "concubin"], [50, 15, 35])[0]
        persons.append(adult(rng, ms, max(18, age - 12), min(90, age + 12)))
    nk = 0 if age > 60 or (age < 22 and rng.random() < .8) else rng.choices(range(7), [38, 22, 22, 11, 4, 2, 1])[0]
    persons += [child(rng, ms, not couple) for _ in range(nk)]
    lone = nk > 0 and not couple
    fam = {"statut_couple": status}
    if lone:
        fam["rsa_isolement_recent"] = rng.random() < .3
        if rng.random() < .3:
            a["incomes"]["pensions_alimentaires_percues"] = [[ms[0], r2(rng.uniform(40, 400))]]
    if rng.random() < .05 and age < 45:
        a["enceinte"] = True
    depcom = rng.choices([c for c, _ in COMMUNES], [w for _, w in COMMUNES])[0]
    st = rng.choices(["locataire_hlm", "locataire_vide", "locataire_meuble", "proprietaire", "loge_gratuitement",
                      "sans_domicile", "locataire_foyer"], [30, 32, 8, 15, 9, 3, 3])[0]
    men = {"depcom": depcom, "statut_occupation_logement": st, "loyer": 0.0}
    if st.startswith("locataire"):
        base = {"locataire_hlm": 330, "locataire_foyer": 380}.get(st, 470) * (1.45 if depcom[:2] in IDF1 else 1)
        men["loyer"] = float(int(base * rng.uniform(.6, 1.6) + 60 * nk))
        men["charges_locatives"] = float(rng.randrange(0, 120, 5))
        if rng.random() < .05:
            men["coloc"] = True
        elif rng.random() < .03:
            men["logement_chambre"] = True
    if st == "loge_gratuitement" and rng.random() < .3:
        men["participation_frais"] = True
    if st != "locataire_foyer" and st.startswith("locataire") and rng.random() < .01:
        fam["proprietaire_proche_famille"] = True
    return {"id": idx, "month": MONTH, "persons": persons, "famille": fam, "menage": men}


# ----------------------------------------------------------------------------------------- OpenFisca side
MONTHLY_INCOMES = ["salaire_net", "salaire_imposable", "salaire_de_base", "chomage_net", "chomage_imposable", "chomage_brut",
                   "retraite_nette", "retraite_imposable", "retraite_brute", "pensions_invalidite",
                   "pensions_alimentaires_percues", "indemnites_journalieres_maladie", "rpns_auto_entrepreneur_CA_bnc"]
FLAT_I = [("scolarite", "e"), ("statuts_etablissement_scolaire", "e"), ("annee_etude", "e"), ("handicap", "b"),
          ("taux_incapacite", "f"), ("aah_restriction_substantielle_durable_acces_emploi", "b"), ("inapte_travail", "b"),
          ("aeeh_niveau_handicap", "i"), ("garde_alternee", "b"), ("enceinte", "b"), ("ass_precondition_remplie", "b"),
          ("nationalite", "s"), ("duree_possession_titre_sejour", "f"), ("livret_a", "f"),
          ("epargne_revenus_non_imposables", "f"), ("bourse_criteres_sociaux_base_ressources_parentale", "f")]
FLAT_M = [("loyer", "f"), ("charges_locatives", "f"), ("depcom", "s"), ("statut_occupation_logement", "e"), ("coloc", "b"),
          ("logement_chambre", "b"), ("participation_frais", "b")]
FLAT_F = [("rsa_isolement_recent", "b"), ("proprietaire_proche_famille", "b")]


def build(tbs, cases, past="zero", experimentation=False):
    """Vectorised simulation for a list of cases. past='zero' | 'none'."""
    from openfisca_core.simulations import SimulationBuilder
    ms = months(f"{int(MONTH[:4]) - 2}-01", MONTH)
    P = [(h, p) for h, c in enumerate(cases) for p in c["persons"]]
    ids = [f"i{n}" for n in range(len(P))]
    sb = SimulationBuilder()
    sb.create_entities(tbs)
    sb.declare_person_entity("individu", ids)
    fam, frole, ff, ffrole, men, mrole, foyers = [], [], [], [], [], [], []
    for h, c in enumerate(cases):
        ad = [p for p in c["persons"] if p["role"] == "adulte"]
        joint = len(ad) == 2 and c["famille"]["statut_couple"] != "concubin"
        foyers.append(f"ff{h}a")
        if len(ad) == 2 and not joint:
            foyers.append(f"ff{h}b")
        seen = 0
        for p in c["persons"]:
            fam.append(f"f{h}"); men.append(f"m{h}")
            if p["role"] == "adulte":
                second = seen == 1
                seen += 1
                frole.append("conjoint" if second else "demandeur")
                mrole.append("conjoint" if second else "personne_de_reference")
                ff.append(f"ff{h}b" if second and not joint else f"ff{h}a")
                ffrole.append("conjoint" if second and joint else "declarant_principal")
            else:
                frole.append("enfant"); mrole.append("enfant")
                ff.append(f"ff{h}a"); ffrole.append("personne_a_charge")
    n = len(cases)
    for key, gids, assign, roles in (("famille", [f"f{h}" for h in range(n)], fam, frole),
                                     ("foyer_fiscal", foyers, ff, ffrole),
                                     ("menage", [f"m{h}" for h in range(n)], men, mrole)):
        g = sb.declare_entity(key, gids)
        sb.join_with_persons(g, np.array(assign), roles)
    sim = sb.build(tbs)
    allm = months(ms[0], shift(MONTH, 8))      # housing and situation are frozen until the end of the year

    def put(name, m, arr):
        sim.set_input(name, m, arr)

    def enc(name, vals):
        pv = tbs.get_variable(name).possible_values
        return pv.encode(np.array(vals))

    def flat(name, kind, objs, default):
        vals = [o.get(name, default) for o in objs]
        if all(v == default for v in vals):
            return
        arr = enc(name, vals) if kind == "e" else np.array(vals, dtype={"f": float, "b": bool, "i": int}.get(kind)) \
            if kind != "s" else np.array(vals)
        for m in allm:
            put(name, m, arr)

    pers = [p for _, p in P]
    sim.set_input("date_naissance", "ETERNITY", np.array([p["date_naissance"] for p in pers], dtype="datetime64[D]"))
    sim.set_input("date_debut_chomage", "ETERNITY",
                  np.array([p.get("date_debut_chomage", "9999-12-31") for p in pers], dtype="datetime64[D]"))
    if any("date_arret_de_travail" in p for p in pers):
        sim.set_input("date_arret_de_travail", "ETERNITY",
                      np.array([p.get("date_arret_de_travail", "1870-01-01") for p in pers], dtype="datetime64[D]"))
    act = [dict(p["activite"]) for p in pers]
    cur = ["inactif"] * len(pers)
    for m in allm:
        cur = [a.get(m, c) for a, c in zip(act, cur)]
        put("activite", m, enc("activite", cur))
    for name in MONTHLY_INCOMES:
        if not any(name in p["incomes"] for p in pers) and name not in ("salaire_net", "salaire_imposable"):
            continue
        mat = np.array([dense(p["incomes"].get(name, []), ms) for p in pers])
        for j, m in enumerate(ms):
            put(name, m, mat[:, j])
    dflt = {"scolarite": "inconnue", "statuts_etablissement_scolaire": "inconnu", "annee_etude": "autre", "nationalite": "FR",
            "statut_occupation_logement": "non_renseigne", "depcom": ""}
    for name, kind in FLAT_I:
        flat(name, kind, pers, dflt.get(name, False if kind == "b" else 0))
    sm = {"marie": "marie", "pacse": "pacse"}
    stat = enc("statut_marital", [sm.get(cases[h]["famille"]["statut_couple"], "celibataire") if p["role"] == "adulte"
                                  else "celibataire" for h, p in P])
    for m in allm:
        put("statut_marital", m, stat)
    for name, kind in FLAT_M:
        flat(name, kind, [c["menage"] for c in cases], dflt.get(name, False if kind == "b" else 0))
    for name, kind in FLAT_F:
        flat(name, kind, [c["famille"] for c in cases], False)
    if past == "zero":
        zf, zi = np.zeros(n), np.zeros(len(pers))
        for k in range(-12, -3):
            for b in PAST_FAMILLE:
                put(b, shift(MONTH, k), zf)
            for b in PAST_INDIVIDU:
                put(b, shift(MONTH, k), zi)
        for k in range(-3, 0):
            put("rsa", shift(MONTH, k), zf)
    if experimentation:
        for m in allm:
            put("departement_experimentation_rsa", m, np.ones(n, dtype=bool))
    return sim, P


def num(x):
    x = x.item() if hasattr(x, "item") else x
    if isinstance(x, bool):
        return x
    return round(float(x), 4) if isinstance(x, float) else x


def answers(tbs, cases, past="zero", experimentation=False, mids=True):
    sim, P = build(tbs, cases, past, experimentation)
    Y = MONTH[:4]
    n2 = str(int(Y) - 2)
    res = [{"out": {}, "mid": {}} for _ in cases]
    start = np.cumsum([0] + [len(c["persons"]) for c in cases])
    # rsa and ppa first: same order as the reference runs (order matters only when past='none')
    for name in OUT_FAMILLE:
        a = sim.calculate(name, MONTH)
        for h in range(len(cases)):
            res[h]["out"][name] = num(a[h])
    for name in OUT_INDIVIDU:
        a = sim.calculate(name, MONTH)
        for h in range(len(cases)):
            res[h]["out"][name] = [num(v) for v in a[start[h]:start[h + 1]]]
    a = sim.calculate("ars", Y)
    b = sim.calculate("cheque_energie", Y)
    z = sim.calculate("zone_apl", MONTH).decode_to_str()
    for h in range(len(cases)):
        res[h]["out"]["ars_" + Y] = num(a[h])
        res[h]["out"]["cheque_energie_" + Y] = num(b[h])
        res[h]["mid"]["zone_apl"] = str(z[h])
    if mids:
        for name in MID_FAMILLE:
            a = sim.calculate(name, MONTH)
            for h in range(len(cases)):
                res[h]["mid"][name] = num(a[h])
        for k in (1, 2, 3, 4):
            m = shift(MONTH, -k)
            a = sim.calculate("ppa_fictive", m)
            for h in range(len(cases)):
                res[h]["mid"][f"ppa_fictive_M-{k}"] = num(a[h])
        for name in MID_INDIVIDU:
            a = sim.calculate(name, MONTH)
            for h in range(len(cases)):
                res[h]["mid"][name] = [num(v) for v in a[start[h]:start[h + 1]]]
        rfr, nbptr = sim.calculate("rfr", n2), sim.calculate("nbptr", n2)
        uc = sim.calculate("cheque_energie_unites_consommation", Y)
        f = 0
        for h, c in enumerate(cases):
            k = 2 if sum(p["role"] == "adulte" for p in c["persons"]) == 2 and c["famille"]["statut_couple"] == "concubin" else 1
            res[h]["mid"]["rfr_" + n2] = [num(v) for v in rfr[f:f + k]]
            res[h]["mid"]["nbptr_" + n2] = [num(v) for v in nbptr[f:f + k]]
            res[h]["mid"]["cheque_energie_uc"] = num(uc[h])
            f += k
    return res


def main():
    global MONTH
    ap = argparse.ArgumentParser()
    ap.add_argument("--n", type=int, default=2000)
    ap.add_argument("--start", type=int, default=0)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--month", default=MONTH)
    ap.add_argument("--out", default="cases-2026-05.jsonl")
    ap.add_argument("--check", type=int, default=0)
    ap.add_argument("--full", action="store_true", help="also answer with past benefits recomputed (slow, spiral cut-offs)")
    a = ap.parse_args()
    MONTH = a.month
    from openfisca_france import FranceTaxBenefitSystem
    import importlib.metadata as im
    tbs = FranceTaxBenefitSystem()
    cases = [household(i, a.seed) for i in range(a.start, a.start + a.n)]
    ref = answers(tbs, cases)
    exp = answers(tbs, cases, experimentation=True, mids=False)
    full = answers(tbs, cases, past="none", mids=False) if a.full else None
    ver = im.version("openfisca-france")
    with open(a.out, "w") as f:
        for h, c in enumerate(cases):
            c["engine"] = "openfisca-france " + ver
            c["out"] = ref[h]["out"]
            # reference months M-4..M-2, the national rule since 2025-03 (OpenFisca only does it behind a flag)
            c["out_m2_m4"] = {k: exp[h]["out"][k] for k in ("rsa", "ppa", "cmu_c")}
            if full:
                c["out_past_recomputed"] = {k: v for k, v in full[h]["out"].items() if v != ref[h]["out"][k]}
            c["mid"] = ref[h]["mid"]
            f.write(json.dumps(c, ensure_ascii=False, separators=(",", ":")) + "\n")
    print("wrote", len(cases), a.out, file=sys.stderr)
    if a.check:
        bad = 0
        for h in range(0, len(cases), max(1, len(cases) // a.check)):
            one = answers(tbs, [cases[h]])[0]["out"]
            for k, v in ref[h]["out"].items():
                w = one[k]
                d = max([abs(x - y) for x, y in zip(v, w)] or [0]) if isinstance(v, list) else abs(v - w)
                if d > 0.02:
                    bad += 1
                    print("DIFF case", h, k, v, w, file=sys.stderr)
        print("single-vs-batch differences:", bad, file=sys.stderr)


if __name__ == "__main__":
    main()
