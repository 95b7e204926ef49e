export const PersonLink = ({ id, name }: { id: string; name: string }) => (
  <a href={`/admin/people/${id}`}>{name}</a>
);
