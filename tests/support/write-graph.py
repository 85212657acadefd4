#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write a graph of tests/data/dags.json as revision files.

    write-graph.py DAGS.json NAME FOLDER [--log] [--form FORM]
    write-graph.py DAGS.json --list

The names NNNN_<stem>.sql keep the load order.  With --log each revision
writes itself to a table case_log, which must be there, so that the order in
which bodies ran can be read back.

A form other than `native` gives Alembic's files (alembic_forms.py has them),
`mixed` each in another one.
"""

import argparse
import json
import os
import sys

import alembic_forms


def body(direction, revision, log):
    if not log:
        return "SELECT 1;\n"
    return f"INSERT INTO case_log (entry) VALUES ('{direction} {revision}');\n"


def revision_text(node, log):
    revision, down, depends_on, labels = node[:4]
    lines = [f"-- revision: {revision}",
             f"-- down_revision: {', '.join(down)}".rstrip()]
    if depends_on:
        lines.append(f"-- depends_on: {', '.join(depends_on)}")
    if labels:
        lines.append(f"-- branch_labels: {', '.join(labels)}")
    lines += [f"-- message: {node[4]}", "",
              "-- migrate:up", body("up", revision, log),
              "-- migrate:down", body("down", revision, log)]
    return "\n".join(lines)


def revision_bytes(node, place, form, log):
    if form == "native":
        return revision_text(node, log).encode()
    if form == "mixed":
        form = list(alembic_forms.FORMS)[place % len(alembic_forms.FORMS)]
    return alembic_forms.write(node, form)


def write(graph, folder, form, log):
    os.makedirs(folder, exist_ok=True)
    ending = "sql" if form == "native" else "py"
    for place, node in enumerate(graph["revisions"]):
        path = os.path.join(folder, f"{place:04d}_{node[4]}.{ending}")
        with open(path, "xb") as file:
            file.write(revision_bytes(node, place, form, log))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dags")
    parser.add_argument("name", nargs="?")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--log", action="store_true")
    parser.add_argument("--form", default="native",
                        choices=["native", "mixed", *alembic_forms.FORMS])
    options = parser.parse_args()
    with open(options.dags, encoding="utf-8") as file:
        graphs = {graph["env"]: graph for graph in json.load(file)}
    if options.list:
        print("\n".join(graphs))
    elif options.folder is None:
        parser.error("a graph and a folder are needed")
    elif options.name not in graphs:
        sys.exit(f"no graph is called '{options.name}'")
    else:
        write(graphs[options.name], options.folder, options.form,
              options.log)


main()
