import { many, type PolicyDocument, type Request, type Statement } from './case.ts';
import { conditionsHold } from './conditions.ts';
import { matchesAction, matchesArn } from './patterns.ts';
import { fillIn } from './variables.ts';

// The statements of a policy whose actions, resources and conditions fit the request; principals are looked at
// elsewhere.
export function statementsFor(document: PolicyDocument, request: Request): readonly Statement[] {
  return many(document.Statement).filter(
    (statement) =>
      coversAction(statement, request) &&
      coversResource(statement, document, request) &&
      conditionsHold(statement, document, request),
  );
}

// "IAM JSON policy elements: NotAction": matches everything except the listed actions.
function coversAction({ Action, NotAction }: Statement, { action }: Request): boolean {
  const listed = many(Action ?? NotAction).some((pattern) => matchesAction(pattern, action));
  return NotAction === undefined ? listed : !listed;
}

// "IAM JSON policy elements: NotResource": matches every resource except those specified.
function coversResource({ Resource, NotResource }: Statement, { Version }: PolicyDocument, request: Request): boolean {
  // "Overview of JSON policies", Resource: some resource-based policies, such as role trust policies, have no Resource.
  if (Resource === undefined && NotResource === undefined) return true;
  const listed = many(Resource ?? NotResource).some((text) => {
    const pattern = fillIn(text, Version, request.context);
    // "Variables and tags", Policy variables with no value: such a resource matches no resource, in NotResource as
    // well.
    return pattern !== undefined && matchesArn(pattern, request.resource);
  });
  return NotResource === undefined ? listed : !listed;
}
