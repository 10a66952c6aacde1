"""The Kubernetes manifests, held against its schemas and against compose: no cluster runs here."""

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from worker.__main__ import parser
from worker.settings import WorkerSettings

DOCKER = Path(__file__).parents[3] / "docker"
FILES = sorted((DOCKER / "kubernetes").glob("*.yaml"))
DOCUMENTS: list[dict[str, Any]] = [each for path in FILES for each in yaml.safe_load_all(path.read_text())]
FOREIGN = {"ScaledObject"}
"""Kinds that an operator of the cluster brings."""
PODS = {
    each["metadata"]["name"]: each["spec"]["template"]["spec"]
    for each in DOCUMENTS
    if "template" in each.get("spec", {})
}


def _name(document: dict[str, Any]) -> str:
    return f"{document['kind']} {document['metadata']['name']}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_it_is_what_kubernetes_takes(document: dict[str, Any]) -> None:
    if document["kind"] in FOREIGN:
        assert document["spec"]["scaleTargetRef"]["name"] in PODS
        return
    kubernetes_validate.validate(document, "1.37", strict=True)


def test_every_manifest_is_named_in_the_kustomization() -> None:
    page = (DOCKER / "kustomization.yaml").read_text()
    named = set(re.findall(r"^  (?:# )?- (kubernetes/\S+\.yaml)$", page, re.MULTILINE))
    assert named == {f"kubernetes/{path.name}" for path in FILES}
    assert all((DOCKER / path).exists() for path in yaml.safe_load(page)["resources"])


@pytest.mark.parametrize("name", PODS)
def test_every_pod_is_confined_and_asks_for_what_it_needs(name: str) -> None:
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"cpu", "memory"} <= set(container["resources"]["requests"])
    assert "memory" in container["resources"]["limits"]
    assert "readinessProbe" in container


@pytest.mark.parametrize("name", [name for name in PODS if name != "redis"])
def test_every_program_is_one_of_ours_and_knows_its_own_user_of_redis(name: str) -> None:
    (container,) = PODS[name]["containers"]
    assert container["command"][:2] == ["python", "-m"]
    module, *arguments = container["command"][2:]
    environment = {each["name"]: each for each in container["env"]}
    user = "worker" if module == "worker" else "frontend"
    assert environment["REDIS_URL"]["value"].startswith(f"redis://{user}:$(REDIS_USER_PASSWORD)@")
    secret = environment["REDIS_USER_PASSWORD"]["valueFrom"]["secretKeyRef"]["key"]
    assert secret == f"REDIS_{user.upper()}_PASSWORD"
    if module == "worker":
        assert parser().parse_args(arguments)
        assert PODS[name]["terminationGracePeriodSeconds"] > WorkerSettings(_env_file=None).drain


def test_redis_has_the_users_of_compose_and_every_secret_is_in_the_example() -> None:
    compose = yaml.safe_load((DOCKER.parent / "docker-compose.yml").read_text())["services"]["redis"]
    (container,) = PODS["redis"]["containers"]
    script = compose["command"][-1].replace("$$", "$").replace("/etc/redis.conf", "/etc/valkey/redis.conf")
    assert container["command"][-1].split() == script.split()
    assert container["image"] == compose["image"]
    asked = {
        each["valueFrom"]["secretKeyRef"]["key"]
        for pod in PODS.values()
        for each in pod["containers"][0]["env"]
        if "valueFrom" in each
    }
    given = re.findall(r"^(\w+)=$", (DOCKER / "kubernetes" / "secrets.example.env").read_text(), re.MULTILINE)
    assert asked == set(given)
