// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.IOException;

/**
 * A data file that is not what its name or its header promises; the message names the file and the
 * fault in one line.
 */
public final class DataFileException extends IOException {
  private static final long serialVersionUID = 1L;

  DataFileException(String file, String fault) {
    super(file + ": " + fault);
  }

  DataFileException(String file, String fault, Exception cause) {
    super(file + ": " + fault, cause);
  }
}
