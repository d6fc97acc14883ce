"""kubernetes.py PROGRAM ROOT - contrib/kubernetes against the API's schemas, which the package kubernetes-validate
carries, and what its pods run, run here: each command as it stands in the file, one index after the other, in a
project of which one record is rejected. TAP."""

import copy
import os
import subprocess
import sys
import tempfile

import kubernetes_validate as kube
import yaml

PROGRAM, ROOT = (os.path.abspath(path) for path in sys.argv[1:3])
VERSIONS = ["1.29", "1.33", kube.latest_version()]
number = bad = 0


def tell(good, what):
    global number, bad
    number += 1
    bad += not good
    print("ok" if good else "not ok", number, "-", what, flush=True)


def read(name):
    with open(f"{ROOT}/contrib/kubernetes/{name}.yaml", encoding="utf-8") as file:
        return yaml.safe_load(file)


def allowed(job, version):
    try:
        kube.validate(job, version, strict=True)
        return True
    except kube.ValidationError:
        return False


def changed(job, deed):
    other = copy.deepcopy(job)
    deed(other["spec"])
    return other


def container(job):
    return job["spec"]["template"]["spec"]["containers"][0]


def run_pod(job, folder, index=0):
    """How the pod's container ends, by its command, its environment and its folder."""
    pod = container(job)
    environment = {one["name"]: one["value"] for one in pod.get("env", [])}
    environment |= {"JOB_COMPLETION_INDEX": str(index), "PATH": f"{folder}/bin:{os.environ['PATH']}"}
    command = pod["command"] + pod.get("args", [])
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def project(folder):
    os.makedirs(f"{folder}/bin")
    os.makedirs(f"{folder}/templates")
    os.makedirs(f"{folder}/recipients")
    os.symlink(PROGRAM, f"{folder}/bin/lettermerge")
    with open(f"{folder}/templates/letter.xml", "w", encoding="utf-8") as file:
        file.write(
            '<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB"><title>Letter</title><fields>'
            '<declare name="name"/></fields><p>Dear <field name="name"/></p></letter>'
        )
    for name in ("ann", "ben", "cid", "dot"):
        value = "" if name == "cid" else "<name>Ann</name>"
        with open(f"{folder}/recipients/{name}.xml", "w", encoding="utf-8") as file:
            file.write(f'<recipient xmlns="urn:lettermerge:recipient:1">{value}</recipient>')


letters, join = read("letters"), read("join")
for version in VERSIONS:
    tell(allowed(letters, version) and allowed(join, version), f"Kubernetes {version} takes both")
for name, deed in {
    "a field that there is not": lambda spec: spec.update(backoffLimitPerIndexes=3),
    "a number as a word": lambda spec: spec.update(completions="64"),
    "a rule without an action": lambda spec: spec["podFailurePolicy"]["rules"][0].pop("action"),
}.items():
    tell(not allowed(changed(letters, deed), VERSIONS[-1]), f"the schema refuses {name}")

spec = letters["spec"]
codes = [rule["onExitCodes"] for rule in spec["podFailurePolicy"]["rules"] if "onExitCodes" in rule]
tell(
    spec["completionMode"] == "Indexed"
    and spec["backoffLimitPerIndex"] > 0
    and all(job["spec"]["template"]["spec"]["restartPolicy"] == "Never" for job in (letters, join)),
    "pods that fail are replaced, index by index",
)
tell({one["containerName"] for one in codes} == {container(letters)["name"]}, "rules are of the container")
tell({"name": "PARTS", "value": str(spec["completions"])} in container(letters)["env"], "as many parts as indexes")

few = changed(letters, lambda spec: spec.update(completions=3))
container(few)["env"][0]["value"] = "3"
with tempfile.TemporaryDirectory() as folder:
    project(folder)
    ends = [run_pod(few, folder, index) for index in range(3)]
    tell([end.returncode for end in ends] == [0, 0, 0], "a record that is rejected fails no pod")
    end = run_pod(join, folder)
    tell(end.returncode == 0 and os.path.exists(f"{folder}/out/.lettermerge.db"), "and the join comes to its end")
    tell(len([name for name in os.listdir(f"{folder}/out") if name.endswith(".pdf")]) == 3, "three letters are there")
    with open(f"{folder}/templates/letter.xml", "a", encoding="utf-8") as file:
        file.write("<")
    end = run_pod(few, folder)
    tell(end.returncode in codes[0]["values"], "a template with an error ends the job")
print(f"1..{number}")
sys.exit(bool(bad))
