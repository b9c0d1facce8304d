/* global document, window, matchMedia, EventSource, FormData, URLSearchParams, fetch */
// Keeps the page up to date and sends presses without leaving it. Without this file the forms work by themselves.

const source = document.querySelector('[data-events]');
const items = document.getElementById('items');

const clock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function localTimes(root) {
  for (const time of root.querySelectorAll('time')) time.textContent = clock.format(new Date(time.dateTime));
}

/** The server wrote and escaped the markup; a template runs nothing that might be in it. */
function elementOf(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  localTimes(template.content);
  return template.content.firstElementChild;
}

function nearEnd() {
  const { scrollHeight } = document.documentElement;
  return scrollHeight - window.scrollY - window.innerHeight < 240;
}

function show(element) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
}

function addItem({ id, html }) {
  const known = document.getElementById(id);
  const element = elementOf(html);
  if (known !== null || items === null || element === null) return;
  const follow = nearEnd();
  element.classList.add('new');
  items.append(element);
  document.getElementById('empty').hidden = true;
  // Somebody who has just pressed Send Back goes on in the field; nobody else is moved.
  const field = element.querySelector('textarea');
  if (field !== null && document.activeElement?.closest('.chat-form') !== null) field.focus();
  if (follow || field !== null) show(element);
}

/** Puts the new part in place; the focus stays on the control that had it, or goes to the bubble. */
function changePart({ id, html }) {
  const known = document.getElementById(id);
  const element = elementOf(html);
  if (known === null || element === null) return;
  const focused = known.contains(document.activeElement) ? document.activeElement : null;
  if (focused?.matches('textarea') && element.querySelector('textarea') !== null) return;
  known.replaceWith(element);
  if (focused === null) return;
  const again = [...element.querySelectorAll('button')].find((button) => button.value === focused.value);
  const target = again ?? element.closest('.item');
  if (again === undefined) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function countWaiting(counts) {
  for (const place of document.querySelectorAll('[data-waiting-for]')) {
    const count = counts[place.dataset.waitingFor] ?? 0;
    const badge = count === 0 ? '' : elementOf('<span class="badge"></span>');
    if (badge !== '') badge.append(String(count), elementOf('<span class="visually-hidden"> waiting</span>'));
    place.replaceChildren(badge);
  }
}

/** Undefined on a page without news. */
const events = source === null ? undefined : new EventSource(source.dataset.events);

function listen() {
  events.addEventListener('item', (event) => addItem(JSON.parse(event.data)));
  events.addEventListener('part', (event) => changePart(JSON.parse(event.data)));
  events.addEventListener('waiting', (event) => countWaiting(JSON.parse(event.data)));
  // An open stream would keep the page out of the browser's back-forward cache.
  window.addEventListener('pagehide', () => events.close(), { once: true });
  window.addEventListener('pageshow', (event) => event.persisted && window.location.reload(), { once: true });
}

async function problemOf(answer) {
  if (answer.ok) return '';
  const body = await answer.json().catch(() => ({}));
  return body.error ?? `The sandbox answered with status ${answer.status}.`;
}

async function send(form, submitter) {
  if (form.dataset.busy !== undefined) return;
  form.dataset.busy = 'yes';
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const problem = form.querySelector('.error');
  problem.textContent = '';
  try {
    const answer = await fetch('/chat/press', {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body,
    });
    problem.textContent = await problemOf(answer);
    // Without the stream nothing would show what the assistant says.
    if (answer.ok && events?.readyState !== EventSource.OPEN) window.location.reload();
  } catch {
    problem.textContent = 'The sandbox could not be reached. Is it still running?';
  }
  delete form.dataset.busy;
}

document.addEventListener('submit', (event) => {
  if (!event.target.matches('.chat-form')) return;
  event.preventDefault();
  void send(event.target, event.submitter);
});

localTimes(document);
if (events !== undefined) listen();
// The newest message is what a visitor comes for.
if (window.location.hash === '') items?.lastElementChild?.scrollIntoView({ block: 'end' });
