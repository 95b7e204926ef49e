"""Serves moto with what it lacks for Latchkey's stacks, so that CloudFormation can be played without an account.

Usage: python3 moto_supplement.py PORT ZONE_ID ZONE_NAME

What is added stands in this file and nowhere else, so that it can be told from what Latchkey lacks:
- resource types that moto's CloudFormation does not know: kept as they are described, with a name and attributes of the
  form that AWS documents;
- `Fn::GetStackOutput`, by which a stack reads an output of another one;
- attributes and properties of known types that moto leaves out.
moto's own types are left as they are. An unknown attribute, type or output is an error, as it is at AWS.
"""

import logging
import sys
import uuid

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.models import CloudFormationBackend, cloudformation_backends
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from moto.kms.models import Key
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.route53.models import route53_backends
from werkzeug.serving import run_simple

# The attributes of each type, as functions of its physical id, the account and the region.
ATTRIBUTES = {
    "AWS::ApiGatewayV2::Api": {
        "ApiEndpoint": lambda name, account, region: f"https://{name}.execute-api.{region}.amazonaws.com",
        "ApiId": lambda name, account, region: name,
    },
    "AWS::ApiGatewayV2::ApiMapping": {},
    "AWS::ApiGatewayV2::DomainName": {
        "RegionalDomainName": lambda name, account, region: f"d-{name}.execute-api.{region}.amazonaws.com",
        "RegionalHostedZoneId": lambda name, account, region: "Z1UJRXOUMOOFQ8",
    },
    "AWS::ApiGatewayV2::Stage": {},
    "AWS::CertificateManager::Certificate": {},
    "AWS::CloudFront::Distribution": {
        "DomainName": lambda name, account, region: f"{name}.cloudfront.net",
    },
    "AWS::CloudFront::CachePolicy": {},
    "AWS::CloudFront::Function": {
        "FunctionARN": lambda name, account, region: f"arn:aws:cloudfront::{account}:function/{name}",
    },
    "AWS::CloudFront::OriginRequestPolicy": {},
    "AWS::CloudFront::ResponseHeadersPolicy": {},
    "AWS::CloudWatch::Alarm": {
        "Arn": lambda name, account, region: f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}",
    },
    "AWS::Lambda::EventInvokeConfig": {},
    "AWS::Lambda::Url": {
        "FunctionUrl": lambda name, account, region: f"https://{name}.lambda-url.{region}.on.aws/",
        "FunctionArn": lambda name, account, region: name,
    },
    "AWS::Logs::MetricFilter": {},
    "AWS::S3::BucketPolicy": {},
    "AWS::SES::ConfigurationSet": {},
    "AWS::SES::ConfigurationSetEventDestination": {},
    "AWS::SES::EmailIdentity": {
        f"DkimDNSToken{part}{number}": (
            lambda name, account, region, part=part, number=number: f"token{number}.{part.lower()}.example"
        )
        for number in (1, 2, 3)
        for part in ("Name", "Value")
    },
    "AWS::SNS::Subscription": {},
    "AWS::SNS::TopicPolicy": {},
    "AWS::SQS::QueuePolicy": {},
    "AWS::WAFv2::WebACL": {
        "Arn": lambda name, account, region: f"arn:aws:wafv2:{region}:{account}:global/webacl/{name}",
    },
}


class Described(CloudFormationModel):
    """A resource that is what its template says."""

    # moto reads its service from the module's name.
    __module__ = "moto.supplement"
    attributes = {}

    def __init__(self, name, properties, account, region):
        self.name = name
        self.properties = properties
        self.account = account
        self.region = region

    @property
    def physical_resource_id(self):
        return self.name

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in cls.attributes

    def get_cfn_attribute(self, attribute_name):
        if attribute_name not in self.attributes:
            raise ValidationError(message=f"{self.cf_resource_type} has no attribute {attribute_name}")
        return self.attributes[attribute_name](self.name, self.account, self.region)

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json.get("Properties", {})
        # SES knows an identity by its address, of which there is one in an account.
        name = properties.get("EmailIdentity") or f"{kwargs['LogicalId'].lower()}{uuid.uuid4().hex[:8]}"
        if name in IDENTITIES and "EmailIdentity" in properties:
            raise ValidationError(message=f"{name} already exists")
        if "EmailIdentity" in properties:
            IDENTITIES.add(name)
        return cls(name, properties, account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        original_resource.properties = cloudformation_json.get("Properties", {})
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        IDENTITIES.discard(resource_name)


IDENTITIES = set()


def describe_types():
    known = parsing.get_model_map()
    for name, attributes in ATTRIBUTES.items():
        if name not in known:
            model = type(name.replace("::", ""), (Described,), {"__module__": "moto.supplement", "attributes": attributes})
            model.cloudformation_type = staticmethod(lambda name=name: name)
            model.cloudformation_name_type = staticmethod(lambda: None)
            known[name] = model


def refuse_unknown_types():
    """moto skips a type that it does not know; here that is an error, so that nothing is left out unseen."""
    find = parsing.resource_class_from_type

    def find_or_refuse(resource_type):
        found = find(resource_type)
        if found is None and resource_type not in parsing.NULL_MODELS:
            raise ValidationError(message=f"Template format error: unrecognized resource type {resource_type}")
        return found

    parsing.resource_class_from_type = find_or_refuse


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


def complete_keys():
    """moto asks for a key's policy, which CloudFormation does not, and leaves out its kind."""
    create = Key.create_from_cloudformation_json.__func__

    def create_complete(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        properties.setdefault("KeyPolicy", {"Version": "2012-10-17", "Statement": []})
        key = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        key.key_spec = properties.get("KeySpec", "SYMMETRIC_DEFAULT")
        key.key_usage = properties.get("KeyUsage", "ENCRYPT_DECRYPT")
        return key

    Key.create_from_cloudformation_json = classmethod(create_complete)


def protect_stacks():
    """moto knows the protection of a stack, and not how it is changed."""

    def update_termination_protection(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
        return ActionResult({"StackId": stack.stack_id})

    CloudFormationResponse.update_termination_protection = update_termination_protection


def keep_parameters():
    """moto looks up a parameter of the parameter store by the value that it has found for it before."""
    parse = parsing.ResourceMap.parse_ssm_parameter

    def parse_once(self, value, value_type):
        return parse(self, value, value_type) if value.startswith("/") else value

    parsing.ResourceMap.parse_ssm_parameter = parse_once


# Properties whose change makes CloudFormation replace the resource, of what must never be replaced.
REPLACED_WITH = {
    "AWS::DynamoDB::Table": ("KeySchema", "TableName", "LocalSecondaryIndexes"),
    "AWS::KMS::Key": ("KeySpec", "KeyUsage", "MultiRegion"),
}


def update_known_types():
    """moto forgets a resource that it can make and cannot change."""
    update = parsing.parse_and_update_resource

    def update_or_keep(logical_id, resource_json, resources_map, account_id, region_name):
        kind = resource_json["Type"]
        model = parsing.resource_class_from_type(kind)
        before = resources_map[logical_id]
        if kind in REPLACED_WITH:
            properties = parsing.clean_json(resource_json, resources_map).get("Properties", {})
            if any(PROPERTIES[id(before)].get(name) != properties.get(name) for name in REPLACED_WITH[kind]):
                return parsing.parse_and_create_resource(
                    logical_id, resource_json, resources_map, account_id, region_name
                )
            if kind == "AWS::DynamoDB::Table":
                change_indexes(before, properties, account_id, region_name)
            PROPERTIES[id(before)] = properties
            return before
        if hasattr(model.update_from_cloudformation_json, "__isabstractmethod__"):
            return before
        return update(logical_id, resource_json, resources_map, account_id, region_name)

    parsing.parse_and_update_resource = update_or_keep


# What each table and key was last described as.
PROPERTIES = {}


def remember_properties():
    create = parsing.parse_and_create_resource

    def create_and_remember(logical_id, resource_json, resources_map, account_id, region_name):
        made = create(logical_id, resource_json, resources_map, account_id, region_name)
        PROPERTIES[id(made)] = parsing.clean_json(resource_json, resources_map).get("Properties", {})
        return made

    parsing.parse_and_create_resource = create_and_remember


def change_indexes(table, properties, account, region):
    """DynamoDB takes one index more or one less at a time."""
    wanted = {index["IndexName"]: index for index in properties.get("GlobalSecondaryIndexes", [])}
    present = {index.name for index in table.global_indexes}
    added, removed = wanted.keys() - present, present - wanted.keys()
    if len(added) + len(removed) > 1:
        raise ValidationError(message="Cannot perform more than one GSI creation or deletion in a single update")
    changes = [{"Create": wanted[name]} for name in added] + [{"Delete": {"IndexName": name}} for name in removed]
    if changes:
        dynamodb_backends[account][region].update_table(
            name=table.name,
            attr_definitions=properties["AttributeDefinitions"],
            global_index=changes,
            throughput=None,
            billing_mode=None,
            stream_spec=None,
            deletion_protection_enabled=None,
            warm_throughput=None,
        )


def tell_how_change_sets_end():
    """moto reads a stack's outputs before there are any, takes a change set that failed for one that was not tried, and
    keeps change sets that are done, by a name that every stack's have."""
    execute = CloudFormationBackend.execute_change_set

    def execute_and_tell(self, change_set_name, stack_name=None):
        change_set = self.describe_change_set(change_set_name)
        stack = self.stacks[change_set.stack_id]
        is_new = stack.status == "REVIEW_IN_PROGRESS"
        try:
            execute(self, change_set_name, stack_name)
        except Exception as error:  # Whatever it is, it is the stack's failure, and told as such.
            stack._add_stack_event("CREATE_FAILED" if is_new else "UPDATE_FAILED", resource_status_reason=str(error))
            stack.status = "ROLLBACK_COMPLETE" if is_new else "UPDATE_ROLLBACK_COMPLETE"
            stack._add_stack_event(stack.status)
            return
        finally:
            self.change_sets.pop(change_set.change_set_id, None)
        stack._parse_template()
        stack.resource_map._template = stack.template_dict
        stack.output_map = stack._create_output_map()

    delete = CloudFormationBackend.delete_change_set

    def delete_if_there(self, change_set_name):
        names = [name for one in self.change_sets.values() for name in (one.change_set_id, one.change_set_name)]
        if change_set_name in names:
            delete(self, change_set_name)

    describe = CloudFormationBackend.describe_change_set

    def describe_if_there(self, change_set_name):
        try:
            return describe(self, change_set_name)
        except ValidationError:
            raise CloudFormationError("ChangeSetNotFoundException", f"ChangeSet [{change_set_name}] does not exist") from None

    CloudFormationBackend.execute_change_set = execute_and_tell
    CloudFormationBackend.describe_change_set = describe_if_there
    CloudFormationBackend.delete_change_set = delete_if_there


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
