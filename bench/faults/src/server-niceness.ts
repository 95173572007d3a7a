/**
 * Servers have machines of their own elsewhere. Here they come after the application where both want the processor: a script
 * that keeps one busy, or a Cluster that rearranges itself, would make whoever asks it wait for that.
 */
export const serverNiceness = 10;
