#!/usr/bin/env python3
"""Households drawn once to a file, and what OpenFisca-France needs to answer for them.

  bench.py draw N FILE        N households (seed 7), one a line, in the format of crates/law-testing/cases
  bench.py batch FILE         all of them in one vectorised simulation: the six benefits our book models
  bench.py single FILE K      the first K one by one, each in a simulation of its own
  bench.py versions

Answers one line of JSON; durations are whole microseconds of
processor time. OpenFisca-France is called as a separate program and
nothing of it is copied here. The distribution follows the benchmark of the project's first studies: 42 % of
couples, 45 % of families with one to four children, lognormal wages and pensions, six towns.

Both engines are told the same: every income of each month since January 2024; no benefit received before M-3 nor, of
those our book does not model (AAH, ASI, ASS, ASPA, PAJE, AEEH), in any month.
"""
import datetime as dt
import json
import resource
import sys
import time

MONTH = "2026-05"
FIRST = "2024-01"
OUTPUTS = ["rsa", "ppa", "aide_logement", "af", "cf", "asf"]
# What is paid of the past by recursion stops at M-3, as in production.
PAST_FAMILY = ["rsa", "ppa", "aide_logement", "apl", "als", "alf", "af", "cf", "asf", "css_participation_forfaitaire"]
NOT_MODELLED_FAMILY = ["paje_base", "aspa", "aeeh"]
NOT_MODELLED_PERSON = ["aah", "caah", "asi", "ass"]
ZONES = {"75113": "zone_1", "69123": "zone_2", "13055": "zone_2", "59350": "zone_2", "23096": "zone_3", "97411": "zone_2"}
KINDS = ["inactif", "actif", "chomeur", "retraite"]
MEMORY = 15 << 30


def shift(month, months):
    year, rank = map(int, month.split("-"))
    at = year * 12 + rank - 1 + months
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def months(first, last):
    res = [first]
    while res[-1] < last:
        res.append(shift(res[-1], 1))
    return res


def draw(count, path):
    import numpy as np

    g = np.random.default_rng(7)
    couple = g.random(count) < 0.42
    kids = np.where(g.random(count) < 0.45, g.integers(1, 5, count), 0)
    size = 1 + couple + kids
    total = int(size.sum())
    home = np.repeat(np.arange(count), size)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    rank = np.arange(total) - start[home]
    child = (rank > 0) & ~((rank == 1) & couple[home])
    age = np.where(child, g.integers(0, 20, total), g.integers(19, 85, total))
    days = (age * 365.25 + g.integers(0, 365, total)).astype("timedelta64[D]")
    birth = (np.datetime64("2026-05-01") - days).astype("datetime64[D]").astype(str)
    kind = np.where(child, 0, np.where(age >= 64, 3, g.choice([0, 1, 2], total, p=[0.25, 0.6, 0.15])))
    wage = np.where(kind == 1, g.lognormal(7.1, 0.5, total), 0).round(2)
    unemployment = np.where(kind == 2, g.uniform(500, 1400, total), 0).round(2)
    pension = np.where(kind == 3, g.lognormal(7.0, 0.5, total), 0).round(2)
    handicap = g.random(total) < 0.05
    rate = np.where(handicap, g.choice([0.5, 0.8], total), 0)
    status = g.choice(["locataire_hlm", "locataire_vide", "proprietaire", "loge_gratuitement"], count, p=[0.3, 0.4, 0.2, 0.1])
    rent = np.where(np.char.startswith(status, "loc"), g.uniform(250, 900, count).round(0), 0)
    town = g.choice(np.array(list(ZONES)), count)

    def person(at):
        series = {"salaire_net": wage[at], "salaire_imposable": wage[at] * 1.0365, "chomage_net": unemployment[at],
                  "chomage_imposable": unemployment[at] * 1.03, "retraite_nette": pension[at],
                  "retraite_imposable": pension[at] * 1.02}
        incomes = {name: [[FIRST, round(float(it), 2)]] for name, it in series.items() if it > 0}
        return {"role": "enfant" if child[at] else "adulte", "date_naissance": str(birth[at]), "incomes": incomes,
                "activite": [[FIRST, KINDS[kind[at]]]], "handicap": bool(handicap[at]), "taux_incapacite": float(rate[at])}

    with open(path, "w", encoding="utf-8") as out:
        for at in range(count):
            persons = [person(it) for it in range(start[at], start[at] + size[at])]
            none = [0.0] * len(persons)
            answers = dict.fromkeys(OUTPUTS + NOT_MODELLED_FAMILY, 0.0)
            answers.update(dict.fromkeys(NOT_MODELLED_PERSON + ["bourse_criteres_sociaux"], none))
            case = {"id": at, "month": MONTH, "persons": persons, "famille": {"statut_couple": "marie" if couple[at] else "seul"},
                    "menage": {"depcom": str(town[at]), "statut_occupation_logement": str(status[at]), "loyer": float(rent[at])},
                    "out": answers, "out_m2_m4": {"rsa": 0.0, "ppa": 0.0}, "mid": {"zone_apl": ZONES[str(town[at])]}}
            out.write(json.dumps(case, separators=(",", ":")) + "\n")
    return {"households": count, "persons": total}


def read(path, count=None):
    res = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            res.append(json.loads(line))
            if count is not None and len(res) == count:
                break
    return res


def system():
    from openfisca_france import FranceTaxBenefitSystem

    return FranceTaxBenefitSystem()


SERIES = ["salaire_net", "salaire_imposable", "chomage_net", "chomage_imposable", "retraite_nette", "retraite_imposable"]


def simulation(tbs, cases):
    """All the households at once."""
    import numpy as np
    from openfisca_core.simulations import SimulationBuilder

    persons = [it for case in cases for it in case["persons"]]
    home = np.array([at for at, case in enumerate(cases) for _ in case["persons"]])
    adults = {}
    role = []
    for at, it in zip(home, persons):
        rank = adults.get(at, 0) if it["role"] == "adulte" else 2
        adults[at] = adults.get(at, 0) + (it["role"] == "adulte")
        role.append(rank)
    role = np.array(role)
    builder = SimulationBuilder()
    builder.create_entities(tbs)
    builder.declare_person_entity("individu", np.arange(len(persons)))
    roles = {"famille": ("demandeur", "conjoint", "enfant"),
             "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
             "menage": ("personne_de_reference", "conjoint", "enfant")}
    for key, (head, partner, other) in roles.items():
        group = builder.declare_entity(key, np.arange(len(cases)))
        builder.join_with_persons(group, home, np.where(role == 0, head, np.where(role == 1, partner, other)))
    sim = builder.build(tbs)

    def encoded(variable, values):
        return tbs.get_variable(variable).possible_values.encode(np.array(values))

    sim.set_input("date_naissance", "ETERNITY", np.array([it["date_naissance"] for it in persons], dtype="datetime64[D]"))
    age = [int(MONTH[:4]) - int(it["date_naissance"][:4]) for it in persons]
    school = ["inconnue" if it["role"] == "adulte" or a < 11 or a >= 19 else "college" if a < 15 else "lycee" for it, a in zip(persons, age)]
    inputs = {name: np.array([it["incomes"].get(name, [[FIRST, 0]])[0][1] for it in persons]) for name in SERIES}
    inputs["salaire_de_base"] = inputs["salaire_net"] / 0.78
    inputs["chomage_brut"] = inputs["chomage_net"] * 1.1
    inputs["retraite_brute"] = inputs["retraite_nette"] / 0.926
    inputs["activite"] = encoded("activite", [it["activite"][0][1] for it in persons])
    inputs["scolarite"] = encoded("scolarite", school)
    inputs["handicap"] = np.array([it["handicap"] for it in persons])
    inputs["taux_incapacite"] = np.array([it["taux_incapacite"] for it in persons])
    homes = [it["menage"] for it in cases]
    inputs["loyer"] = np.array([it["loyer"] for it in homes])
    inputs["statut_occupation_logement"] = encoded("statut_occupation_logement", [it["statut_occupation_logement"] for it in homes])
    inputs["depcom"] = np.array([it["depcom"] for it in homes])
    for month in months(FIRST, MONTH):
        for name, values in inputs.items():
            sim.set_input(name, month, values)
    families, individuals = np.zeros(len(cases)), np.zeros(len(persons))
    for ago in range(-12, 1):
        month = shift(MONTH, ago)
        for name in NOT_MODELLED_FAMILY:
            sim.set_input(name, month, families)
        for name in NOT_MODELLED_PERSON:
            sim.set_input(name, month, individuals)
        if ago < -3:
            for name in PAST_FAMILY:
                sim.set_input(name, month, families)
        elif ago < 0:
            sim.set_input("rsa", month, families)
    return sim


def compute(sim):
    return {name: sim.calculate(name, MONTH) for name in OUTPUTS}


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def now():
    """Processor time: what other programs of the machine take does not count."""
    return time.process_time()


def micros(begin):
    return round((now() - begin) * 1e6)


def batch(path):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    cases = read(path)
    tbs = system()
    compute(simulation(tbs, cases[:50]))  # the parameters of each month are read once, and kept
    begin = now()
    sim = simulation(tbs, cases)
    build = micros(begin)
    begin = now()
    found = compute(sim)
    calculate = micros(begin)
    totals = {name: round(float(values.astype("float64").sum()) * 100) for name, values in found.items()}
    return {"households": len(cases), "build_us": build, "calculate_us": calculate, "peak_mib": peak_mib(), "totals_cents": totals}


def single(path, count):
    cases = read(path, count)
    tbs = system()
    compute(simulation(tbs, cases[:1]))
    build, calculate = [], []
    for case in cases:
        begin = now()
        sim = simulation(tbs, [case])
        build.append(micros(begin))
        begin = now()
        compute(sim)
        calculate.append(micros(begin))
    middle = len(cases) // 2
    return {"households": len(cases), "build_us": sorted(build)[middle], "calculate_us": sorted(calculate)[middle]}


def versions():
    from importlib.metadata import version

    return {"python": sys.version.split()[0], "openfisca_france": version("openfisca-france"), "openfisca_core": version("openfisca-core"),
            "numpy": version("numpy"), "date": dt.date.today().isoformat()}


def main(words):
    match words:
        case ["draw", count, path]:
            res = draw(int(count), path)
        case ["batch", path]:
            res = batch(path)
        case ["single", path, count]:
            res = single(path, int(count))
        case ["versions"]:
            res = versions()
        case _:
            sys.exit(__doc__)
    print(json.dumps(res))


if __name__ == "__main__":
    main(sys.argv[1:])
