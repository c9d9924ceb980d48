/** A path as seen from a folder: an absolute one stays as it is. */
export function pathFrom(folder: string, path: string): string {
  return path.startsWith("/") ? path : `${folder}/${path}`;
}

/** The folder that an absolute path of a file stands in. */
export function folderOf(file: string): string {
  return file.replace(/\/[^/]*$/, "");
}
