"""What moto lacks of stacks: their protection, and how their changes end."""

from moto.cloudformation.exceptions import CloudFormationError, ValidationError
from moto.cloudformation.models import CloudFormationBackend
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult


def protect_stacks():
    """moto knows the protection of a stack, and not how it is changed."""

    def update_termination_protection(self):
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        stack.enable_termination_protection = self._get_bool_param("EnableTerminationProtection")
        return ActionResult({"StackId": stack.stack_id})

    CloudFormationResponse.update_termination_protection = update_termination_protection


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
