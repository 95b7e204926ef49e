"""What moto lacks where it reads a template."""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import cloudformation_backends


def read_outputs_of_other_stacks():
    clean = parsing.clean_json

    def clean_with_outputs(resource_json, resources_map):
        if isinstance(resource_json, dict) and "Fn::GetStackOutput" in resource_json:
            wanted = clean(resource_json["Fn::GetStackOutput"], resources_map)
            return output_of(wanted["StackName"], wanted["OutputName"], resources_map)
        return clean(resource_json, resources_map)

    parsing.clean_json = clean_with_outputs


def output_of(stack_name, output_name, resources_map):
    backend = cloudformation_backends[resources_map._account_id][resources_map._region_name]
    for output in backend.get_stack(stack_name).outputs or []:
        if output["OutputKey"] == output_name:
            return output["OutputValue"]
    raise ValidationError(message=f"stack {stack_name} has no output {output_name}")


def keep_parameters():
    """moto looks up a parameter of the parameter store by the value that it has found for it before."""
    parse = parsing.ResourceMap.parse_ssm_parameter

    def parse_once(self, value, value_type):
        return parse(self, value, value_type) if value.startswith("/") else value

    parsing.ResourceMap.parse_ssm_parameter = parse_once
