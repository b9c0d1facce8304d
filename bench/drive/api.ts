/** The API as Creator Studio's action calls it. */
export function apiDrive(url: string, key: string) {
  const headers = { authorization: `Bearer ${key}` };
  const post = async (path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers });
    return { status: answer.status, text: await answer.text() };
  };
  return {
    url,
    /** Presses Approve. Throws unless the decision was carried out. */
    async approve(reference: string | number): Promise<{ startedAtMs: number; tookMs: number }> {
      const startedAtMs = Date.now();
      const beganAtMs = performance.now();
      const { status, text } = await post(`/approvals/${reference}/approve`);
      const tookMs = performance.now() - beganAtMs;
      if (status !== 200) throw new Error(`approve answered ${status}: ${text.slice(0, 300)}`);
      return { startedAtMs, tookMs };
    },
    /** Presses Approve until it is carried out; resolves with how often the answer was "accepted" (202) before. */
    async approvePatiently(reference: string | number): Promise<number> {
      for (let accepted = 0; ; accepted += 1) {
        const { status, text } = await post(`/approvals/${reference}/approve`);
        if (status === 200) return accepted;
        if (status !== 202) throw new Error(`approve answered ${status}: ${text.slice(0, 300)}`);
      }
    },
    /** Makes the poll run now. */
    async wakePoll(): Promise<void> {
      const { status, text } = await post('/poll');
      if (status !== 202) throw new Error(`poll answered ${status}: ${text.slice(0, 300)}`);
    },
  };
}

export type ApiDrive = ReturnType<typeof apiDrive>;
