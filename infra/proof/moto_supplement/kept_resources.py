"""What moto lacks of tables and keys, on which people's data hang: all that they are, and how they change."""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.dynamodb.models import dynamodb_backends
from moto.kms.models import Key


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
