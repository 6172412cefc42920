// SPDX-License-Identifier: Apache-2.0

/**
 * Operands in arrays and segments: one way to address both without a copy and without an
 * allocation, and the checks that come before the first write.
 */
package dev.lanewise.internal.memory;
