/* Passkeys: say in words when the browser could not use one. The work is allauth's. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.getElementById("messages");
  const words = document.getElementById("passkey-words")?.dataset;
  if (!place || !words) return;
  const box = document.createElement("div");
  box.className = "message message-error";
  box.setAttribute("role", "alert");
  const line = document.createElement("p");
  line.textContent = event.detail?.exception?.name === "NotAllowedError" ? words.broken : words.fault;
  box.append(line);
  place.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
});
