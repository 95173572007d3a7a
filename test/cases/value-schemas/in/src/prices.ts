export async function loadPrice(id: number): Promise<{ cents: number }> {
  return { cents: id * 100 };
}
