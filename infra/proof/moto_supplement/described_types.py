"""Resource types that moto's CloudFormation does not know: kept as they are described."""

import uuid

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel

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
