import { Hono, type MiddlewareHandler } from 'hono';
import type { SandboxEnv } from '../sandbox-env.ts';
import { answer, found, paramsOf, pathId } from './api-answer.ts';
import type { Delegation, Directory, Group, TenantPerson } from './directory.ts';
import { attribute, type Attributes, listRows } from './list-query.ts';
import { renderDelegation } from './render-delegation.ts';
import { renderUserDetail, renderUserGroup } from './render-user.ts';

const userAttributes: Attributes<TenantPerson> = {
  id: attribute.integer((person) => person.id),
  email: attribute.caseless((person) => person.email),
  login: attribute.text((person) => person.login),
  status: attribute.text((person) => (person.active ? 'active' : 'inactive')),
};

const groupAttributes: Attributes<Group> = {
  id: attribute.integer((group) => group.id),
  name: attribute.text((group) => group.name),
};

const delegationAttributes: Attributes<Delegation> = {
  id: attribute.integer((delegation) => delegation.id),
  delegator_id: attribute.integer((delegation) => delegation.delegatorId),
  delegate_id: attribute.integer((delegation) => delegation.delegateId),
};

/** The vendor's routes on people: `/users`, `/user_groups` and `/delegations`, all of them read only. */
export function directoryRoutes(
  directory: Directory,
  scope: (name: string) => MiddlewareHandler<SandboxEnv>,
): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const user = (person: TenantPerson) => renderUserDetail(directory, person);
  const group = (one: Group) => renderUserGroup(directory, one);

  app.get('/users', scope('core.user.read'), (c) => {
    return answer(c, listRows(directory.people(), paramsOf(c), userAttributes).map(user));
  });
  app.get('/users/:id', scope('core.user.read'), (c) => {
    return answer(c, user(found(directory.person(pathId(c)), 'User')));
  });
  app.get('/user_groups', scope('core.user_group.read'), (c) => {
    return answer(c, listRows(directory.groups.values(), paramsOf(c), groupAttributes).map(group));
  });
  app.get('/user_groups/:id', scope('core.user_group.read'), (c) => {
    return answer(c, group(found(directory.groups.get(pathId(c)), 'User group')));
  });
  // No document names the scope of delegations: every token reads them here.
  app.get('/delegations', (c) => {
    const rows = listRows(directory.delegations.values(), paramsOf(c), delegationAttributes);
    return answer(
      c,
      rows.map((row) => renderDelegation(directory, row)),
    );
  });
  return app;
}
