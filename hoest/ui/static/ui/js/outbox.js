/* What was typed without cover, in the device's own database (IndexedDB). A classic script, because
   the page and the service worker share it: self.hoestOutbox.

   An entry belongs to one person in one municipality and is never sent as another. It leaves only
   when the server has answered with the entry's own key in X-Saved; sending twice is harmless,
   because the server knows the key. */
self.hoestOutbox = (() => {
  const ASK = "/uden-forbindelse/noegle/";
  const SECONDS = 15;

  function opened() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open("hoest", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("outbox", { keyPath: "key" });
        asked.result.createObjectStore("forms", { keyPath: "person" });
      };
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  async function within(store, mode, act) {
    const database = await opened();
    try {
      return await new Promise((done, failed) => {
        const work = database.transaction(store, mode);
        const asked = act(work.objectStore(store));
        work.oncomplete = () => done(asked.result);
        work.onerror = work.onabort = () => failed(work.error);
      });
    } finally {
      database.close();
    }
  }

  const all = () => within("outbox", "readonly", (store) => store.getAll());
  const put = (entry) => within("outbox", "readwrite", (store) => store.put(entry));
  const drop = (key) => within("outbox", "readwrite", (store) => store.delete(key));
  const forms = async () => (await within("forms", "readonly", (store) => store.getAll()))[0];
  const forget = () => within("forms", "readwrite", (store) => store.clear());
  // At once: a page that is left in between must not leave the device without them.
  const remember = (kept) => within("forms", "readwrite", (store) => {
    store.clear();
    return store.put(kept);
  });

  async function ask(address, options) {
    const ending = new AbortController();
    const clock = setTimeout(() => ending.abort(), SECONDS * 1000);
    try {
      return await fetch(address, { ...options, signal: ending.signal, credentials: "same-origin", cache: "no-store" });
    } finally {
      clearTimeout(clock);
    }
  }

  const who = async () => (await ask(ASK)).json();

  const stands = async (key) => (await all()).find((one) => one.key === key);

  /* Returns how one entry was answered: sent, refused (with the reason), signed-out or waiting.
     She may correct it or throw it away at any moment, so it is read again before it is sent, and
     a correction that came while it was on its way stays. */
  async function sendOne(key, token, reasonOf) {
    const entry = await stands(key);
    if (!entry || entry.reason) return "waiting";
    const answer = await ask(entry.action, {
      method: "POST",
      body: new URLSearchParams(entry.fields),
      headers: { "X-CSRFToken": token, "X-Sheet": "1" },
      redirect: "manual",
    });
    if (answer.headers.get("X-Saved") === entry.key) {
      if ((await stands(key))?.at === entry.at) await drop(key);
      return "sent";
    }
    if (answer.status === 204 || answer.type === "opaqueredirect") return "signed-out";
    if (answer.status >= 500 || answer.status === 429 || !reasonOf) return "waiting";
    const still = await stands(key);
    if (still?.at === entry.at) await put({ ...still, reason: reasonOf(await answer.text()) });
    return "refused";
  }

  async function sendAll(reasonOf) {
    const entries = await all();
    const told = { sent: [], refused: [], signedOut: false, noLine: false };
    if (!entries.length) return told;
    try {
      const now = await who();
      if (!now.person) return { ...told, signedOut: true };
      for (const entry of entries.filter((one) => one.person === now.person && !one.reason)) {
        const how = await sendOne(entry.key, now.token, reasonOf);
        if (how === "sent") told.sent.push(entry);
        if (how === "refused") told.refused.push(entry);
        if (how === "signed-out") return { ...told, signedOut: true };
      }
    } catch {
      told.noLine = true;
    }
    return told;
  }

  /* One at a time, also over several windows. */
  const send = (reasonOf) => (self.navigator.locks
    ? self.navigator.locks.request("hoest-outbox", () => sendAll(reasonOf))
    : sendAll(reasonOf));

  return { all, put, drop, forms, remember, forget, send, ask, who };
})();
