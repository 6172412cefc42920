// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

/** What training asks of an operator; the gradient of the bias is a plain sum and left out. */
public enum Pass {
  FORWARD,
  BACKWARD_INPUT,
  BACKWARD_WEIGHT
}
