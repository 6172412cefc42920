// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.startup;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a JVM finds classes that an earlier run of the program has loaded and linked already. It
 * was made by that run, with the same flags and class path.
 */
public enum ClassArchive {
  /** Only the JDK's own, as without any flag. */
  NONE("", "", ""),

  /** A dynamic archive of class data sharing (JEP 350). */
  CDS("-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "-Xshare:on"),

  /** An ahead-of-time cache (JEP 514), which keeps profiles too. */
  AOT("-XX:AOTCacheOutput=", "-XX:AOTCache=", "-XX:AOTMode=on");

  private final String making;
  private final String using;

  /** Otherwise a JVM that cannot use its archive starts without it, and nobody notices. */
  private final String insisting;

  ClassArchive(String making, String using, String insisting) {
    this.making = making;
    this.using = using;
    this.insisting = insisting;
  }

  /** What the run is told that makes it. */
  List<String> making(Path file) {
    return this == NONE ? List.of() : List.of(making + file);
  }

  /** What the others are told. */
  List<String> using(Path file) {
    return this == NONE ? List.of() : List.of(insisting, using + file);
  }
}
