// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

/**
 * An entry that computes in the JVM, on the problem's own arrays.
 *
 * @param result the array that the call writes
 */
public record JavaEntry(Runnable call, float[] result) implements Entry {
  @Override
  public void run() {
    call.run();
  }

  @Override
  public boolean compilesWhileRunning() {
    return true;
  }
}
