#!/usr/bin/env python3
"""A grant controller for DataPlatform PLATFORM, whose access lists are text files in FOLDER: one for each object, with a line for each principal.

Usage: grant-controller.py PLATFORM FOLDER      (kubectl in PATH, with the rights of ClusterRole portcullis-grant-controller)
What a grant controller must and must not do: docs/grant-controller.md. Names are written percent-encoded, so that none reads as two, and * is no name.
"""
import json, os, subprocess, sys, time, urllib.parse

platform, folder = sys.argv[1:]
quote = lambda name: urllib.parse.quote(name, safe="@")


def kubectl(*arguments, check=True):
    return subprocess.run(["kubectl", "--request-timeout=20s", *arguments], check=check, stdout=subprocess.PIPE, text=True).stdout


def refusal(grant):
    foreign = [o["name"] for o in grant["spec"]["objects"] if not o["name"].startswith("topics/") or len(quote(o["name"])) > 255]
    return f"{foreign[0]} cannot be a topic here: the provider corrects the output port" if foreign else None


def lists(grants):
    """All access at once, out of all grants: whoever has an object by two of them keeps it when one goes."""
    lines = {}
    for grant in grants:
        if "deletionTimestamp" not in grant["metadata"] and not refusal(grant):
            for o in grant["spec"]["objects"]:
                line = " ".join([quote(grant["spec"]["principal"]), *(sorted(map(quote, o["parts"])) if "parts" in o else "*")])
                lines.setdefault(quote(o["name"]), set()).add(line)
    return lines


def answer(grant, state, message):
    meta, status = grant["metadata"], grant.get("status", {})
    if (status.get("state"), status.get("observedGeneration"), status.get("message")) == (state, meta["generation"], message):
        return
    condition = {"type": "Granted", "status": str(state == "Granted"), "reason": state, "message": message, "lastTransitionTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
    answer = {"observedGeneration": meta["generation"], "state": state, "message": message, "conditions": [condition]}
    # the version says which grant is answered: should it be another by now, the API server refuses, and the next round sees; the others wait for none
    patch = json.dumps({"metadata": {"resourceVersion": meta["resourceVersion"]}, "status": answer})
    kubectl("patch", "accessgrant", meta["name"], "-n", meta["namespace"], "--subresource=status", "--type=merge", "-p", patch, check=False)


def once():
    grants = [g for g in json.loads(kubectl("get", "accessgrants", "-A", "-o", "json"))["items"] if g["spec"]["platform"] == platform]
    wanted = lists(grants)
    for name in set(os.listdir(folder)) | set(wanted):
        with open(os.path.join(folder, name), "w") as file:
            file.write("".join(sorted(line + "\n" for line in wanted.get(name, []))))
    for grant in grants:  # only now: what is said is done
        gone = "deletionTimestamp" in grant["metadata"]
        answer(grant, "Revoked" if gone else "Refused" if refusal(grant) else "Granted", "taken off the lists" if gone else refusal(grant) or "on the lists")


while True:
    try:
        once()
    except subprocess.CalledProcessError:
        pass  # nothing was read, and kubectl has said why: nothing is concluded from that
    time.sleep(1)
