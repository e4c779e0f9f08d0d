#!/usr/bin/env python3
"""A grant controller for DataPlatform PLATFORM, whose access lists are text files in FOLDER: one for each object, with a line for each principal.

Usage: grant-controller.py PLATFORM FOLDER      (kubectl in PATH, with the rights of ClusterRole portcullis-grant-controller)
What a grant controller must and must not do: docs/grant-controller.md
"""
import datetime, json, os, subprocess, sys, time, urllib.parse

platform, folder = sys.argv[1:]


def kubectl(*arguments):
    return subprocess.run(["kubectl", *arguments], check=True, capture_output=True, text=True).stdout


def refusal(grant):
    foreign = [o["name"] for o in grant["spec"]["objects"] if not o["name"].startswith("topics/")]
    return f"there is no {foreign[0]} here: the provider corrects the output port" if foreign else None


def lists(grants):
    """All access at once, out of all grants: whoever has an object by two of them keeps it when one goes."""
    lines = {}
    for grant in grants:
        if "deletionTimestamp" not in grant["metadata"] and not refusal(grant):
            for o in grant["spec"]["objects"]:
                line = " ".join([grant["spec"]["principal"], *sorted(o.get("parts", ["*"]))])
                lines.setdefault(urllib.parse.quote(o["name"], safe=""), set()).add(line)
    return lines


def answer(grant, state, message):
    meta, status = grant["metadata"], grant.get("status", {})
    if (status.get("state"), status.get("observedGeneration"), status.get("message")) == (state, meta["generation"], message):
        return
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    condition = {"type": "Granted", "status": str(state == "Granted"), "reason": state, "message": message, "lastTransitionTime": now}
    answer = {"observedGeneration": meta["generation"], "state": state, "message": message, "conditions": [condition]}
    # the version says which grant is answered: should it be another by now, the API server refuses, and the next round sees
    patch = {"metadata": {"resourceVersion": meta["resourceVersion"]}, "status": answer}
    kubectl("patch", "accessgrant", meta["name"], "-n", meta["namespace"], "--subresource=status", "--type=merge", "-p", json.dumps(patch))


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
    except subprocess.CalledProcessError as problem:  # nothing was read or not all was said: nothing is concluded from that
        print(problem.stderr, file=sys.stderr, flush=True)
    time.sleep(1)
