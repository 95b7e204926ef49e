"""Serves moto with what it lacks for Latchkey's stacks, so that CloudFormation can be played without an account.

Usage: python3 serve.py PORT ZONE_ID ZONE_NAME

What is added stands in this folder and nowhere else, so that it can be told from what Latchkey lacks:
- resource types that moto's CloudFormation does not know: kept as they are described, with a name and attributes of the
  form that AWS documents;
- `Fn::GetStackOutput`, by which a stack reads an output of another one;
- attributes and properties of known types that moto leaves out.
moto's own types are left as they are. An unknown attribute, type or output is an error, as it is at AWS.
"""

import logging
import sys

from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.route53.models import route53_backends
from werkzeug.serving import run_simple

from described_types import describe_types, refuse_unknown_types
from kept_resources import complete_keys, remember_properties, update_known_types
from stacks import protect_stacks, tell_how_change_sets_end
from templates import keep_parameters, read_outputs_of_other_stacks


def create_hosted_zone(zone_id, name):
    """The operator has it before the first deployment."""
    backend = route53_backends[DEFAULT_ACCOUNT_ID]["aws"]
    zone = backend.create_hosted_zone(name, private_zone=False)
    backend.zones[zone_id] = zone


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    describe_types()
    refuse_unknown_types()
    read_outputs_of_other_stacks()
    complete_keys()
    protect_stacks()
    keep_parameters()
    remember_properties()
    update_known_types()
    tell_how_change_sets_end()
    create_hosted_zone(*sys.argv[2:4])
    run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=True)
