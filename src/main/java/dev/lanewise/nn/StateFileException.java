// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.io.IOException;
import java.nio.file.Path;

/** A file that does not hold the state asked for; the message says why in one line. */
public final class StateFileException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is wrong with a file.
   *
   * @param file the file
   * @param reason what is wrong with it
   */
  public StateFileException(Path file, String reason) {
    super(file + ": " + reason);
  }
}
