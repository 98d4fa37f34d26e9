package io.octopus.worker.execution;

import io.octopus.protocol.AttemptId;
import io.octopus.worker.execution.FileFolder.Kept;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files that an earlier process of this worker could not deliver. */
public record FilesLeft(Map<AttemptId, List<Kept>> files) {

  /** Those in the folder that belong to results that still wait; deletes all others. */
  public static FilesLeft in(FileFolder folder, Collection<AttemptId> waiting) {
    return new FilesLeft(folder.left(waiting));
  }

  /** Whose they are. */
  public Set<AttemptId> attempts() {
    return files.keySet();
  }
}
