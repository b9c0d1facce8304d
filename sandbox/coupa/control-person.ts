import { z } from 'zod';
import { findPerson } from '../world/people.ts';

/** A Coupa user id in the body of a control route. */
export const userId = z.int().refine((id) => findPerson(id) !== undefined, 'nobody has this user id');
